<?php
// What tests do to WordPress from inside: `php control.php ACT …`. The answer is JSON after \x1e.
if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}
$act = $argv[1];
if ($act === 'install') {
    define('WP_INSTALLING', true);
}
require __DIR__ . '/wp-load.php';

function key_of($login, $role) {
    $user = get_user_by('login', $login);
    if (!$user) {
        $id = wp_insert_user(['user_login' => $login, 'user_pass' => 'x', 'role' => $role,
                              'user_email' => "$login@example.org"]);
        $user = get_user_by('id', $id);
    }
    [$password, $item] = WP_Application_Passwords::create_new_application_password(
        $user->ID, ['name' => 'test ' . wp_generate_uuid4()]
    );
    return $password;
}

function install() {
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install('Field test', 'admin', 'admin@example.org', true, '', 'x');
    update_option('permalink_structure', '/%postname%/');
    update_option('timezone_string', 'America/New_York');
    switch_theme('bare');
    $keys = ['admin' => key_of('admin', 'administrator')];
    foreach (['author', 'contributor', 'subscriber'] as $role) {
        $keys[$role] = key_of($role, $role);
    }
    return ['passwords' => $keys];
}

function revoke($login) {
    $user = get_user_by('login', $login);
    WP_Application_Passwords::delete_all_application_passwords($user->ID);
    return true;
}

function due($id) {
    // The time of a post that WordPress holds has come, half a minute ago.
    global $wpdb;
    $then = time() - 30;
    $wpdb->update($wpdb->posts, [
        'post_date_gmt' => gmdate('Y-m-d H:i:s', $then),
        'post_date' => get_date_from_gmt(gmdate('Y-m-d H:i:s', $then)),
    ], ['ID' => $id]);
    wp_clear_scheduled_hook('publish_future_post', [(int) $id]);
    wp_schedule_single_event($then, 'publish_future_post', [(int) $id]);
    delete_transient('doing_cron');
    return true;
}

function theirs($slug, $status) {
    return wp_insert_post(['post_title' => 'Theirs', 'post_content' => 'Theirs.',
                           'post_name' => $slug, 'post_status' => $status, 'post_author' => 1]);
}

$answer = match ($act) {
    'install' => install(),
    'key' => key_of($argv[2], $argv[3] ?? 'author'),
    'revoke' => revoke($argv[2]),
    'due' => due($argv[2]),
    'theirs' => theirs($argv[2], $argv[3]),
};
echo "\x1e", json_encode($answer);
