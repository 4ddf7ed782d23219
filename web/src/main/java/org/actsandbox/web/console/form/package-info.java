/** Passes posted forms and uploaded files to the controllers of the console. */
@NullMarked
package org.actsandbox.web.console.form;

import org.jspecify.annotations.NullMarked;
