/**
 * Makes a scenario file of what happened in a world. The package stays whole with over 20 types
 * because only {@link SessionRecording} is public: each recorder writes the steps of one subject
 * into the one draft.
 */
@NullMarked
package org.actsandbox.scenarios.record;

import org.jspecify.annotations.NullMarked;
