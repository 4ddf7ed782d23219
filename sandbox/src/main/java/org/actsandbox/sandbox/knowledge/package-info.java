/**
 * Finds out what each participant knows about the principal and where it learned it. Values are
 * recognized in the journal by their content, in any field and encoding.
 */
@NullMarked
package org.actsandbox.sandbox.knowledge;

import org.jspecify.annotations.NullMarked;
