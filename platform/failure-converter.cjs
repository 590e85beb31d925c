// CommonJS because the Temporal SDK loads converters by `require`, and the workflow bundle too.
const { DefaultFailureConverter } = require('@temporalio/common');

/** Moves failure messages and stack traces into a payload, so that the codec encrypts them. */
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
