/** Reports the results of scenarios for people and machines: text, JSON, JUnit XML and HTML. */
@NullMarked
package org.actsandbox.scenarios.report;

import org.jspecify.annotations.NullMarked;
