/** Fills templates of documents that users download, and holds the Chinese of sentences. */
@NullMarked
package org.actsandbox.protocol.document;

import org.jspecify.annotations.NullMarked;
