/** Shows the tasks that the agent does inside a budget while the principal is absent (ACT L3). */
@NullMarked
package org.actsandbox.web.console.tasks;

import org.jspecify.annotations.NullMarked;
