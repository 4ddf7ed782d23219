/**
 * Fills the drafts of wishes, one for each kind, from the meanings in their segments, and says what
 * must be asked.
 */
@NullMarked
package org.actsandbox.agent.language.understand.draft;

import org.jspecify.annotations.NullMarked;
