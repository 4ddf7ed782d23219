/** Holds the gazetteer: cities, railway stations and landmarks by any of their names. */
@NullMarked
package org.actsandbox.agent.language.place;

import org.jspecify.annotations.NullMarked;
