/** Grades of agents: the runs that were made on this machine, their missions, and comparisons. */
@NullMarked
package org.actsandbox.web.console.grades;

import org.jspecify.annotations.NullMarked;
