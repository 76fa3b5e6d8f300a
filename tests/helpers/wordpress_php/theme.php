<!doctype html><title><?php wp_title(''); bloginfo('name'); ?></title><?php wp_head();
while (have_posts()) {
    the_post();
    echo '<article><h1>'; the_title(); echo '</h1>'; the_content(); echo '</article>';
}
wp_footer();
