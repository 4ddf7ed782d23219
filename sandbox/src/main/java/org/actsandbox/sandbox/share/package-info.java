/** Runs that are shown to others by a link: copies of what the journal had, read-only. */
@NullMarked
package org.actsandbox.sandbox.share;

import org.jspecify.annotations.NullMarked;
