/**
 * Who knows what of the principal, and where each learned it: read from the journal, by the values
 * themselves, whatever field or encoding they travel in.
 */
@NullMarked
package org.actsandbox.sandbox.knowledge;

import org.jspecify.annotations.NullMarked;
