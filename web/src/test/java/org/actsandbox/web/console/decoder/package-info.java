/** Tests the decoding of messages, also of damaged ones. */
@NullMarked
package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.NullMarked;
