/** Pages that bring a merchant of one's own into a world. */
@NullMarked
package org.actsandbox.web.console.external;

import org.jspecify.annotations.NullMarked;
