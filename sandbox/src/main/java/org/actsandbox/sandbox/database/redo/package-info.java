/**
 * The redo log in front of the H2 file, with which an answer waits for a few kilobytes instead of
 * all changed pages (ADR 131).
 */
@NullMarked
package org.actsandbox.sandbox.database.redo;

import org.jspecify.annotations.NullMarked;
