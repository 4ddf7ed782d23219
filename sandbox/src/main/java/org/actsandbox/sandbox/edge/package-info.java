/**
 * Guards every request before it reaches an endpoint: limits, keys, world, faults, journal and
 * errors.
 *
 * <p>The package has over 20 types, in five groups:
 *
 * <ul>
 *   <li>the filters in their order: {@link CrossSiteRequestFilter} with {@link RequestLog}, {@link
 *       ProtocolFilter} for participants, {@link ControlApiFilter} for the control API;
 *   <li>the checks that they share: {@link AccessPolicy}, {@link AdminKeyCheck}, {@link
 *       CallerAuthentication}, {@link BoundedBody}, {@link ContentTypeCheck}, {@link
 *       QueryParameterCheck};
 *   <li>the record of an exchange: {@link ExchangeRecorder}, {@link RecordedResponse}, {@link
 *       ExchangeMetrics}, {@link RequestFollowUpTasks};
 *   <li>the faults: {@link FaultInjection} and its parts, {@link MagicValueFinder}, {@link
 *       SignatureFault};
 *   <li>the framework: {@link EdgeConfiguration}, {@link WorldArgumentResolver}, {@link
 *       EdgeExceptionHandler}, {@link MalformedHttpHandler}.
 * </ul>
 *
 * <p>It stays whole because one request passes all of them, and nearly all are package-private: a
 * split would make them public.
 */
@NullMarked
package org.actsandbox.sandbox.edge;

import org.jspecify.annotations.NullMarked;
