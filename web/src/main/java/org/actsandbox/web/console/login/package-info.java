/** Contains the page on which a browser without a session gets one. */
@NullMarked
package org.actsandbox.web.console.login;

import org.jspecify.annotations.NullMarked;
