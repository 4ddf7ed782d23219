/** Offers the steps of a purchase to an agent that runs outside and lets this one sign for it. */
@NullMarked
package org.actsandbox.agent.hosted;

import org.jspecify.annotations.NullMarked;
