/** Tables of sentences and what they mean. */
@NullMarked
package org.actsandbox.agent.language.understand;

import org.jspecify.annotations.NullMarked;
