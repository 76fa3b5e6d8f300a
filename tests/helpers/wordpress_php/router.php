<?php
// For PHP's own web server: files as they are, everything else to WordPress.
$root = rtrim($_SERVER['DOCUMENT_ROOT'], '/');
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?? '/');
$file = $root . $path;
if (is_file($file) && !str_ends_with($file, '.php')) {
    return false;
}
$home = getenv('FJ_HOME') ?: '';
if (getenv('FJ_PLAIN') && !in_array(rtrim($path, '/'), [$home, $home . '/index.php'])) {
    http_response_code(404); // a web server without rules for rewriting
    echo '<h1>404</h1>';
    return true;
}
if (is_file($file)) {
    $_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
    $_SERVER['SCRIPT_FILENAME'] = $file;
    chdir(dirname($file));
    require $file;
    return true;
}
if ($home !== '' && !str_starts_with($path . '/', $home . '/')) {
    http_response_code(404);
    echo '<h1>Another site</h1>';
    return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $home . '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $root . $home . '/index.php';
unset($_SERVER['PATH_INFO']);
chdir($root . $home);
require $root . $home . '/index.php';
