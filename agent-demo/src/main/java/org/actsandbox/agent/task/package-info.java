/**
 * Does autonomous work (L3): a task with a budget, several paid services, one sub-account and one
 * bill at the end. The package stays whole with over 20 types because all but {@link TaskService}
 * and {@link TaskView} are package-private and read or change the same {@link Task}.
 */
@NullMarked
package org.actsandbox.agent.task;

import org.jspecify.annotations.NullMarked;
