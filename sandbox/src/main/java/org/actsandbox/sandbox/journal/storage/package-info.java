/** Stores the journal: entries pass the queue, are packed into blocks and written as rows. */
@NullMarked
package org.actsandbox.sandbox.journal.storage;

import org.jspecify.annotations.NullMarked;
