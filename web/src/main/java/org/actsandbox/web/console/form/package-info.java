/** Posted forms and uploaded files, as the controllers of the console receive them. */
@NullMarked
package org.actsandbox.web.console.form;

import org.jspecify.annotations.NullMarked;
