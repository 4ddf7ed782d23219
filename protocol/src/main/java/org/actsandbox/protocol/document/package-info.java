/** Fills templates of documents that users download as files. */
@NullMarked
package org.actsandbox.protocol.document;

import org.jspecify.annotations.NullMarked;
