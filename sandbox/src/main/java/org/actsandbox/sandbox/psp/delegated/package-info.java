/**
 * This package makes payments that rest on a delegation, from the agent's request to their
 * execution.
 */
@NullMarked
package org.actsandbox.sandbox.psp.delegated;

import org.jspecify.annotations.NullMarked;
