/** The three doors. */
@NullMarked
package org.actsandbox.web.console.home;

import org.jspecify.annotations.NullMarked;
