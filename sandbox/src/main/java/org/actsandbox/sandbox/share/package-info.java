/** Shares runs with other people by a link: read-only copies of a part of the journal. */
@NullMarked
package org.actsandbox.sandbox.share;

import org.jspecify.annotations.NullMarked;
