/** What the agent does inside a budget while the principal is away (ACT L3). */
@NullMarked
package org.actsandbox.web.console.tasks;

import org.jspecify.annotations.NullMarked;
