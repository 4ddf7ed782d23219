package org.actsandbox.agent.task;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * What is to be prepared, as it was understood from the principal's words.
 *
 * @param summary language of the summary, {@code en} or {@code zh}
 * @param most decimal yuan for the whole task; absent: to be asked (ADD-1)
 * @param single decimal yuan for one payment
 * @param time how long the task may take
 * @param warnPercent of budget or time used up at which the principal is warned
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
   * @param symbol as sellers of market data call it
   */
  public record Topic(String symbol, Text name) {}
}
