/** The reader's language: sentences, amounts and times. */
@NullMarked
package org.actsandbox.web.console.words;

import org.jspecify.annotations.NullMarked;
