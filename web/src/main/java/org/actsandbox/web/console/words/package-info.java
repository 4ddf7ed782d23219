/** Writes sentences, amounts and times in the reader's language. */
@NullMarked
package org.actsandbox.web.console.words;

import org.jspecify.annotations.NullMarked;
