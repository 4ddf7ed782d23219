/** Shows what to paste into the host of an agent so that it shops in a world. */
@NullMarked
package org.actsandbox.web.console.connect;

import org.jspecify.annotations.NullMarked;
