package org.actsandbox.agent.task;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Says what a task has to prepare, as it was understood from the principal's words.
 *
 * @param summary language of the summary, {@code en} or {@code zh}
 * @param most decimal yuan for the whole task; when it is absent, the principal is asked (ADD-1)
 * @param single decimal yuan for one payment
 * @param time how long the task may take
 * @param warnPercent the share of budget or time in percent at which the principal is warned
 */
public record TaskBrief(
    List<Topic> topics,
    int days,
    String summary,
    @Nullable String most,
    @Nullable String single,
    Duration time,
    int warnPercent) {

  public TaskBrief {
    topics = List.copyOf(topics);
  }

  /**
   * A commodity that sellers have quotes of.
   *
   * @param symbol its symbol in the sellers' catalogs
   */
  public record Topic(String symbol, Text name) {}
}
