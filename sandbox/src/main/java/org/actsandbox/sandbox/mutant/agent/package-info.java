/** Contains buyer agents that do one thing wrong. */
@NullMarked
package org.actsandbox.sandbox.mutant.agent;

import org.jspecify.annotations.NullMarked;
