/** Makes sentences uniform for reading: widths, scripts, case and numerals. */
@NullMarked
package org.actsandbox.agent.language.text;

import org.jspecify.annotations.NullMarked;
