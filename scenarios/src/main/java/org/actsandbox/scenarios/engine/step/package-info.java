/** The actions of the scenario verbs. */
@NullMarked
package org.actsandbox.scenarios.engine.step;

import org.jspecify.annotations.NullMarked;
