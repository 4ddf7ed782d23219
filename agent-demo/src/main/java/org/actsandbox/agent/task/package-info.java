/**
 * Does autonomous work (L3): a task with a budget, several paid services, one sub-account and one
 * bill at the end.
 */
@NullMarked
package org.actsandbox.agent.task;

import org.jspecify.annotations.NullMarked;
