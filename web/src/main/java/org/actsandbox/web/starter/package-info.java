/** Hands out the starters of merchants with the settings of a registered merchant filled in. */
@NullMarked
package org.actsandbox.web.starter;

import org.jspecify.annotations.NullMarked;
