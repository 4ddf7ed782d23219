/** How scenarios went, for people and for machines: JSON, JUnit XML, HTML. */
@NullMarked
package org.actsandbox.scenarios.report;

import org.jspecify.annotations.NullMarked;
