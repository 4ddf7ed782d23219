/** Shows playlists, leads from stop to stop, and has the notes for the speaker. */
@NullMarked
package org.actsandbox.web.console.show;

import org.jspecify.annotations.NullMarked;
