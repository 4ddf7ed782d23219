/**
 * How the journal is written: the queue of entries, the blocks they are pressed into, and their
 * rows.
 */
@NullMarked
package org.actsandbox.sandbox.journal.storage;

import org.jspecify.annotations.NullMarked;
