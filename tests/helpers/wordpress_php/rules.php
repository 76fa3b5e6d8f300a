<?php
// A must-use plugin: no mail, and no pretty addresses where the server is asked to have none.
function wp_mail() {
    return true;
}
if (getenv('FJ_PLAIN')) {
    add_filter('pre_option_permalink_structure', fn () => '');
}
