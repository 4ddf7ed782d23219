/** Tests of tasks and their services. */
@NullMarked
package org.actsandbox.agent.task;

import org.jspecify.annotations.NullMarked;
