/** Holds what the steps of one run share: names, conversations, purchases and delegations. */
@NullMarked
package org.actsandbox.scenarios.engine.context;

import org.jspecify.annotations.NullMarked;
