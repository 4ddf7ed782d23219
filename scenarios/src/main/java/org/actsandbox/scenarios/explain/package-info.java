/** What the steps of a scenario do, told to whoever watches, in both languages. */
@NullMarked
package org.actsandbox.scenarios.explain;

import org.jspecify.annotations.NullMarked;
