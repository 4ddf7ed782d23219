/** Opening messages, broken ones too. */
@NullMarked
package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.NullMarked;
