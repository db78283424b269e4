import { LineChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, TooltipComponent } from 'echarts/components';
import * as core from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** Only what our charts use; loaded when the first chart is shown, so that other pages do not carry it. */
core.use([LineChart, GridComponent, TooltipComponent, DataZoomComponent, SVGRenderer]);

export { connect, init } from 'echarts/core';
