/**
 * Decodes messages for reading: field by field, raw, as signed, and as a command that repeats them.
 */
@NullMarked
package org.actsandbox.web.console.decoder;

import org.jspecify.annotations.NullMarked;
