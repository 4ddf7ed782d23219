/** Reports a check of a merchant: text, JSON, JUnit XML, SARIF, one HTML page and a badge. */
@NullMarked
package org.actsandbox.scenarios.check.report;

import org.jspecify.annotations.NullMarked;
