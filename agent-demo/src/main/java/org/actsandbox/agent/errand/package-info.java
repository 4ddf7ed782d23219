/**
 * Errands: work that the agent does later and by itself, under an authority that the principal gave
 * for it. This package asks for the authority, learns the decision, has each errand worked on when
 * it is due, and gives the authority back at the end. A watch and a task say what a step does.
 *
 * <table>
 *   <caption>The states of an errand and what moves it on</caption>
 *   <tr><th>errand</th><th>watch</th><th>task</th><th>moved on by</th></tr>
 *   <tr><td>asked</td><td>ASKED</td><td>ASKED</td>
 *     <td>the principal's decision, which is told or asked for</td></tr>
 *   <tr><td>active</td><td>WATCHING, BUYING</td><td>FUNDING, WORKING</td>
 *     <td>the clock; BUYING by the end of the turn that buys</td></tr>
 *   <tr><td>paused</td><td>PAUSED</td><td>PAUSED</td>
 *     <td>a watch by the principal, a task by the end of the obstacle</td></tr>
 *   <tr><td>over</td><td>DONE, ENDED</td><td>DONE, PARTIAL, ENDED</td>
 *     <td>nothing; it is due until its authority is given back</td></tr>
 * </table>
 */
@NullMarked
package org.actsandbox.agent.errand;

import org.jspecify.annotations.NullMarked;
